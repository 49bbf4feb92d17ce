package org.constellation.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body above the limit: at once when its length is announced, otherwise as soon as
 * reading it goes past the limit, in bytes or in time. A compressed body is refused, too: nobody
 * here would unpack it; and so is a form, which the container would read by itself, past these
 * limits, as soon as anybody asked for a parameter.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

  private static final String IDENTITY = "identity";
  private static final List<String> FORMS =
      List.of(MediaType.APPLICATION_FORM_URLENCODED_VALUE, "multipart/");

  private final Limits limits;
  private final ProblemWriter problems;

  BodyLimitFilter(WebProperties properties, ProblemWriter problems) {
    this.limits = new Limits(properties.bodyMax().toBytes(), properties.bodyTimeMax().toNanos());
    this.problems = problems;
  }

  private record Limits(long bytesMax, long nanosMax) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > limits.bytesMax()) {
      refuse(CommonError.BODY_TOO_LARGE, response);
      return;
    }
    if (isForm(request)) {
      refuse(CommonError.UNSUPPORTED_MEDIA_TYPE, response);
      return;
    }
    if (isCoded(request)) {
      response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
      refuse(CommonError.UNSUPPORTED_MEDIA_TYPE, response);
      return;
    }
    chain.doFilter(new LimitedRequest(request, limits), response);
  }

  private static boolean isForm(HttpServletRequest request) {
    var type = request.getContentType();
    return type != null
        && request.getContentLengthLong() != 0
        && FORMS.stream().anyMatch(form -> type.strip().toLowerCase(Locale.ROOT).startsWith(form));
  }

  private static boolean isCoded(HttpServletRequest request) {
    var coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase(IDENTITY);
  }

  private void refuse(CommonError code, HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    problems.write(code, response);
  }

  private static final class LimitedRequest extends HttpServletRequestWrapper {
    private final Limits limits;

    LimitedRequest(HttpServletRequest request, Limits limits) {
      super(request);
      this.limits = limits;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limits);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private final Limits limits;
    private final long begun = System.nanoTime();
    private long read;

    LimitedStream(ServletInputStream stream, Limits limits) {
      this.stream = stream;
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      var one = stream.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var some = stream.read(buffer, offset, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int bytes) throws BodyRefused {
      read += bytes;
      if (read > limits.bytesMax()) {
        throw new BodyRefused(
            CommonError.BODY_TOO_LARGE, "the body has more than " + limits.bytesMax() + " bytes");
      }
      // The container bears a pause of some length before each byte; somebody may make them all.
      if (bytes > 0 && System.nanoTime() - begun > limits.nanosMax()) {
        throw new BodyRefused(CommonError.BODY_TOO_SLOW, "the body has not arrived in time");
      }
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}
