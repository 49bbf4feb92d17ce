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
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body above the limit: at once when its length is announced, otherwise as soon as
 * reading it goes past the limit. A compressed body is refused, too: nobody here would unpack it.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

  private static final String IDENTITY = "identity";

  private final long bytesMax;
  private final ProblemCounter problems;

  BodyLimitFilter(DataSize bodyMax, ProblemCounter problems) {
    this.bytesMax = bodyMax.toBytes();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > bytesMax) {
      refuse(CommonError.BODY_TOO_LARGE, response);
      return;
    }
    if (isCoded(request)) {
      response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
      refuse(CommonError.UNSUPPORTED_MEDIA_TYPE, response);
      return;
    }
    chain.doFilter(new LimitedRequest(request, bytesMax), response);
  }

  private static boolean isCoded(HttpServletRequest request) {
    var coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase(IDENTITY);
  }

  /** Written by hand: the message converters stand behind the dispatcher. */
  private void refuse(CommonError code, HttpServletResponse response) throws IOException {
    problems.count(code);
    response.setStatus(code.category().status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader("Connection", "close");
    response.getWriter().write(ProblemText.of(code, StatusWords.of(code)));
  }

  private static final class LimitedRequest extends HttpServletRequestWrapper {
    private final long bytesMax;

    LimitedRequest(HttpServletRequest request, long bytesMax) {
      super(request);
      this.bytesMax = bytesMax;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), bytesMax);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private final long bytesMax;
    private long read;

    LimitedStream(ServletInputStream stream, long bytesMax) {
      this.stream = stream;
      this.bytesMax = bytesMax;
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

    private void count(int bytes) throws BodyTooLarge {
      read += bytes;
      if (read > bytesMax) {
        throw new BodyTooLarge(bytesMax);
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
