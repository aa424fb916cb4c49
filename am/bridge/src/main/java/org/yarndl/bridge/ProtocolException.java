package org.yarndl.bridge;

/** The other side sent what it must not send. The connection is closed; the job goes on or the task is repeated. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProtocolException(String message) {
    super("[bridge] " + message);
  }
}
