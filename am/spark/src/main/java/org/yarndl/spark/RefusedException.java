package org.yarndl.spark;

/** Why the .NET driver is not even started; an outcome like any other. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  final transient Outcome outcome;

  /** @param code one of `yarndl exit-codes`, which another attempt would end with too */
  RefusedException(int code, String name, String message) {
    super(message);
    outcome = new Outcome(code, false, name, message);
  }
}
