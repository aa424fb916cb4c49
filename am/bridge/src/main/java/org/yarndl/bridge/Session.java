package org.yarndl.bridge;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;

/** The requests that one connection may make, a closed list, and what it holds open. */
public final class Session implements Closeable {
  private final Map<Integer, Operation> operations = new HashMap<>();
  private final Map<Integer, Closeable> open = new HashMap<>();
  private int lastHandle;

  public Session add(int kind, Operation operation) {
    if (operations.put(kind, operation) != null) {
      throw new IllegalArgumentException("operation " + kind + " is there twice");
    }
    return this;
  }

  Operation find(int kind) {
    Operation operation = operations.get(kind);
    if (operation == null) {
      throw new ProtocolException("unknown operation " + kind);
    }
    return operation;
  }

  /** Keeps a thing open until it is taken back or the connection ends. */
  public int keep(Closeable thing) {
    open.put(++lastHandle, thing);
    return lastHandle;
  }

  public <T> T get(int handle, Class<T> type) {
    Closeable thing = open.get(handle);
    if (!type.isInstance(thing)) {
      throw new ProtocolException("handle " + handle + " is not an open " + type.getSimpleName());
    }
    return type.cast(thing);
  }

  public Closeable take(int handle) {
    Closeable thing = open.remove(handle);
    if (thing == null) {
      throw new ProtocolException("handle " + handle + " is not open");
    }
    return thing;
  }

  @Override
  public void close() {
    for (Closeable thing : open.values()) {
      try {
        thing.close();
      } catch (Exception e) {
        // the other side is gone: nobody to tell
      }
    }
    open.clear();
  }
}
