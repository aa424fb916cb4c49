package org.yarndl.bridge;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A .NET process that lives no longer than this one: it reads its hello from standard input and ends when that ends. Its output
 * goes where ours goes.
 */
public final class ChildProcess implements Closeable {
  private final Process process;
  private final OutputStream stdin;

  private ChildProcess(Process process) {
    this.process = process;
    this.stdin = process.getOutputStream();
  }

  /** Starts the command and writes the hello; the standard input stays open. */
  public static ChildProcess start(List<String> command, File folder, Map<String, String> environment, byte[] hello) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    ChildProcess child = new ChildProcess(builder.start());
    try {
      child.stdin.write(hello);
      child.stdin.flush();
    } catch (IOException e) {
      // it ended at once: its exit code says more than a broken pipe
    }
    return child;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code; 128 + signal when it was killed. */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Null when it is still running. */
  public Integer waitFor(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS) ? process.exitValue() : null;
  }

  /** Ends its standard input, waits a little, then kills it. */
  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      // the pipe is broken because the process is gone
    }
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** At once, for shutdown hooks and interrupted tasks. */
  public void kill() {
    process.destroyForcibly();
  }
}
