package org.yarndl.spark;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A small file that says that somebody still works beside it: written again every few seconds, with the application's id in it. */
final class Heartbeat implements Closeable {
  /** Milliseconds: how long a file speaks for its owner, and how often it is written. Long enough for a store that does not answer for a while. */
  static final long HOLDS = 600_000;
  private static final long RENEWAL = 10_000;

  private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

  private final FileSystem store;
  private final Path file;
  private final byte[] owner;
  private volatile boolean closed;

  Heartbeat(FileSystem store, Path file, String application) throws IOException {
    this.store = store;
    this.file = store.makeQualified(file);
    owner = application.getBytes(StandardCharsets.UTF_8);
    OURS.add(this.file.toString());
    write();
    Thread thread = new Thread(this::beat, "yarndl-heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  /** True when its owner has ended without taking it away: another attempt of this application, or one that has not been heard of for ten minutes of the store's own clock. */
  static boolean isDead(FileSystem store, Path file, String application) throws IOException {
    FileStatus last;
    try {
      last = store.getFileStatus(file);
    } catch (FileNotFoundException e) {
      return false;
    }
    if (OURS.contains(store.makeQualified(file).toString())) {
      return false;
    }
    byte[] text = new byte[(int) Math.min(256, last.getLen())];
    try (FSDataInputStream in = store.open(file)) {
      in.readFully(text);
    } catch (IOException e) {
      // being written this moment
      return false;
    }
    return new String(text, StandardCharsets.UTF_8).equals(application) || now(store, file.getParent()) - last.getModificationTime() > HOLDS;
  }

  /** Stops without a word, as a process that is killed; the file stays. */
  void stop() {
    synchronized (this) {
      closed = true;
      // never an interrupt: it would break off a write of the store's client
      notifyAll();
    }
    OURS.remove(file.toString());
  }

  @Override
  public void close() throws IOException {
    stop();
    store.delete(file, false);
  }

  private synchronized void beat() {
    while (!closed) {
      try {
        wait(RENEWAL);
        write();
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        // tried again at the next renewal
      }
    }
  }

  private synchronized void write() throws IOException {
    if (!closed) {
      try (FSDataOutputStream out = store.create(file, true)) {
        out.write(owner);
      }
    }
  }

  /** The time of a file made now. */
  private static long now(FileSystem store, Path folder) throws IOException {
    Path probe = new Path(folder, "yarndl-probe-" + UUID.randomUUID());
    store.create(probe, false).close();
    try {
      return store.getFileStatus(probe).getModificationTime();
    } finally {
      store.delete(probe, false);
    }
  }
}
