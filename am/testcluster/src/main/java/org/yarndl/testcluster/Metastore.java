package org.yarndl.testcluster;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Hive's metastore (as in Spark's jars) over Derby, in a JVM that ends with its standard input. */
final class Metastore implements AutoCloseable {
  private final Process process;
  private final int port;

  private Metastore(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  String address() {
    return "thrift://localhost:" + port;
  }

  static Metastore start(ClusterOptions options, String fs) throws Exception {
    Path folder = Files.createDirectories(options.folder.resolve("metastore"));
    Files.writeString(folder.resolve("hive-site.xml"), site(folder, fs));
    int port;
    try (ServerSocket s = new ServerSocket(0)) {
      port = s.getLocalPort();
    }
    String own = Path.of(MetastoreMain.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    // our log4j2.properties would be found before Spark's defaults; the folder with hive-site.xml comes first
    String classPath = String.join(File.pathSeparator, folder.toString(), own, options.metastoreJars + "/*");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dderby.system.home=" + folder,
                    "-cp", classPath, MetastoreMain.class.getName(), Integer.toString(port)))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("log").toFile())
            .redirectErrorStream(true)
            .start();
    TestCluster.await("the metastore (see " + folder.resolve("log") + ")", 120, () -> answers(process, port));
    return new Metastore(process, port);
  }

  private static boolean answers(Process process, int port) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the metastore ended with " + process.exitValue());
    }
    try (Socket s = new Socket()) {
      s.connect(new InetSocketAddress("localhost", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String site(Path folder, String fs) {
    return "<configuration>"
        + property("javax.jdo.option.ConnectionURL", "jdbc:derby:;databaseName=" + folder.resolve("db") + ";create=true")
        + property("hive.metastore.schema.verification", "false")
        + property("datanucleus.schema.autoCreateAll", "true")
        + property("hive.metastore.warehouse.dir", fs + "/user/hive/warehouse")
        + property("fs.defaultFS", fs)
        // its logger wants a library that Spark does not carry
        + property("hive.async.log.enabled", "false")
        + "</configuration>";
  }

  private static String property(String name, String value) {
    return "<property><name>" + name + "</name><value>" + value + "</value></property>";
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
