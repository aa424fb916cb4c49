package org.yarndl.testcluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link TestCluster} in a JVM of its own, started as a user of it would. */
final class ClusterProcess implements AutoCloseable {
  final Path folder;
  private final Process process;
  private final String addresses;

  private ClusterProcess(Path folder, Process process, String addresses) {
    this.folder = folder;
    this.process = process;
    this.addresses = addresses;
  }

  static ClusterProcess start(Path folder, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        java(), "-Xmx600m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-cp", "target/classes".replace("target", Path.of("target").toAbsolutePath().toString())
            + File.pathSeparator + Files.readString(Path.of("target/classpath.txt")).trim(),
        TestCluster.class.getName(), folder.resolve("cluster").toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("cluster.log").toFile())
        .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith("{")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the cluster ended with " + process.waitFor() + "\n" + Files.readString(folder.resolve("cluster.log")));
    }
    return new ClusterProcess(folder, process, line);
  }

  /** An address of the line that the cluster printed. */
  String get(String name) {
    Matcher m = Pattern.compile('"' + name + "\": \"([^\"]*)\"").matcher(addresses);
    if (!m.find()) {
      throw new IllegalArgumentException(name + " is not in " + addresses);
    }
    return m.group(1);
  }

  /** Processes whose environment or command names the cluster's folder. */
  List<String> processes() {
    List<String> found = new ArrayList<>();
    ProcessHandle.allProcesses().filter(p -> p.pid() != ProcessHandle.current().pid()).forEach(p -> {
      String text = read("/proc/" + p.pid() + "/environ") + " " + read("/proc/" + p.pid() + "/cmdline");
      if (text.contains(folder.toString())) {
        found.add(p.pid() + " " + read("/proc/" + p.pid() + "/cmdline").replace('\0', ' '));
      }
    });
    return found;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the cluster did not end with its standard input");
    }
  }
}
