package org.yarndl.bridge;

/** A failure that travels to .NET as a value: an area's fault number and a message for people. */
public final class OperationException extends Exception {
  private static final long serialVersionUID = 1;

  public final int fault;

  public OperationException(int fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }
}
