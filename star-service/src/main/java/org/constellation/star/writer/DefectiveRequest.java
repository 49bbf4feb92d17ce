package org.constellation.star.writer;

/** A request that could not be decided, by a defect; nothing of its batch is stored. */
final class DefectiveRequest extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Command.Request request;

  DefectiveRequest(Command.Request request, RuntimeException cause) {
    super("a request could not be decided", cause);
    this.request = request;
  }

  Command.Request request() {
    return request;
  }
}
