package org.yarndl.spark;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.yarndl.bridge.FileOperations;
import org.yarndl.bridge.HadoopFiles;
import org.yarndl.bridge.ProtocolException;
import org.yarndl.bridge.Session;
import org.yarndl.bridge.WorkerProcess;

/** The one .NET worker of this executor. A lost one fails its task, which Spark repeats; the next task starts another. */
final class ExecutorWorker {
  private static WorkerProcess worker;

  private ExecutorWorker() {}

  static synchronized byte[] run(WorkerSettings settings, String session, Supplier<byte[][]> open, long version, Supplier<byte[]> weights, byte[] order)
      throws IOException {
    if (worker != null && !worker.isAlive()) {
      end();
    }
    if (worker == null) {
      worker = start(settings);
      String difference = settings.difference(worker.identity());
      if (difference != null) {
        end();
        return Failures.frame(difference);
      }
    }
    try {
      return worker.run(session, open, version, weights, order);
    } catch (IOException | ProtocolException e) {
      end();
      throw e;
    }
  }

  /** Ends the worker, if there is one. */
  static synchronized void end() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  private static WorkerProcess start(WorkerSettings settings) throws IOException {
    HadoopFiles files = new HadoopFiles(settings.configuration());
    Supplier<Session> requests = () -> {
      Session session = new Session();
      FileOperations.add(files, session);
      return session;
    };
    WorkerProcess started = new WorkerProcess(
        Arrays.asList(Bundle.find(settings.executable).executable().getPath(), "worker"), new File("").getAbsoluteFile(), settings.environment,
        settings.cores, settings.bytes, requests, settings.startTimeout, settings.replyTimeout);
    Runtime.getRuntime().addShutdownHook(new Thread(started::kill, "yarndl-kill-worker"));
    return started;
  }
}
