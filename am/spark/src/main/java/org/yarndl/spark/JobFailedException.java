package org.yarndl.spark;

/** Ends the application in cluster mode; YARN shows the message, so there is no stack to hide it. */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JobFailedException(Outcome outcome) {
    super(outcome.toString(), null, false, false);
  }
}
