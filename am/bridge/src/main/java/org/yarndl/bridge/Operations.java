package org.yarndl.bridge;

/** Numbers of operations that the bridge itself must know; the closed lists are docs/worker-protocol.md and docs/bridge.md. */
public final class Operations {
  /** First frame of a worker: the secret and who it is. */
  public static final int HELLO = 1;
  /** The hello was accepted. */
  public static final int WELCOME = 2;
  public static final int OPENED = 5;
  /** Vectors of a version. No reply. */
  public static final int WEIGHTS = 7;
  public static final int NEED_WEIGHTS = 8;
  public static final int STOP = 30;
  /** The order failed for a reason that another worker would meet too: kind, fault, message. */
  public static final int FAILED = 31;
  /** First frame of a connection that asks the bridge: the secret and a process id. */
  public static final int ASK_HELLO = 62;
  /** The answer to a request. */
  public static final int ANSWER = 63;

  /** Kinds of failures. */
  public static final int FAULT_BRIDGE = 0;
  public static final int FAULT_DATA = 1;
  public static final int FAULT_TRAINING = 2;
  public static final int FAULT_FILES = 4;

  private Operations() {}
}
