package org.yarndl.bridge;

/** A failure that travels to .NET as a value: the kind of fault, its number, and a message for people. */
public final class OperationException extends Exception {
  private static final long serialVersionUID = 1;

  final int kind;
  final int fault;

  /** @param kind one of Operations.FAULT_... */
  public OperationException(int kind, int fault, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.fault = fault;
  }
}
