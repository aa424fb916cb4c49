package org.yarndl.spark;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkFiles;
import org.yarndl.bridge.BridgeServer;
import org.yarndl.bridge.ChildProcess;
import org.yarndl.bridge.Hello;
import org.yarndl.bridge.Secret;
import org.yarndl.bridge.Session;

/** The .NET driver and the bridge it asks over. */
final class DriverProcess implements Closeable {
  /** Tells .NET that a hello waits on its standard input. */
  static final String VARIABLE = "YARNDL_BRIDGE";
  /** Where the files of --files lie. */
  private static final String FILES = "YARNDL_FILES";
  /** Its last word: code, retryable, name, message. */
  static final int OUTCOME = 112;

  private final BridgeServer server;
  private final ChildProcess child;
  private volatile Outcome told;

  /** @param operations adds what a connection of the driver may ask for */
  DriverProcess(File executable, List<String> args, int cores, DotnetMemory memory, Consumer<Session> operations) throws IOException {
    Secret secret = Secret.create();
    server = new BridgeServer(secret, (channel, hello) -> {
      Session session = new Session();
      session.add(OUTCOME, (in, out) -> told = Outcome.read(in));
      operations.accept(session);
      channel.limit(1 << 30);
      BridgeServer.answer(channel, session);
    });
    List<String> command = new ArrayList<>();
    command.add(executable.getPath());
    command.addAll(args);
    Map<String, String> environment = memory.environment();
    environment.put(VARIABLE, "stdin");
    environment.put(FILES, SparkFiles.getRootDirectory());
    child = ChildProcess.start(command, new File("").getAbsoluteFile(), environment, Hello.line(secret, server.port(), cores, memory.bytes));
  }

  /** Waits for its end. */
  Outcome outcome() throws InterruptedException {
    return Outcome.of(child.waitFor(), told);
  }

  void kill() {
    child.kill();
  }

  @Override
  public void close() throws IOException {
    child.close();
    server.close();
  }
}
