package org.yarndl.testcluster;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS and YARN in this JVM and a Hive metastore in another, on free ports of the local host. Prints one JSON line with the
 * addresses when all of it answers, obeys one command a line on standard input (stop-nm I, stop-dn I, restart-nn, quit) and ends
 * with it. Start it in its own folder: MiniYARNCluster works in ./target.
 */
public final class TestCluster {
  private TestCluster() {}

  public static void main(String[] args) {
    try {
      run(ClusterOptions.parse(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(2);
    } catch (Throwable t) {
      // Hadoop's threads are no daemons: without halt a failed start would hang
      t.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(ClusterOptions options) throws Exception {
    Path conf = Files.createDirectories(options.folder.resolve("conf"));
    // keytabs in a folder of their own: conf is what clients get, and on the class path
    Kerberos kerberos = options.secureUser == null ? null : Kerberos.start(options.folder.resolve("kdc"), conf, options.secureUser);
    MiniDFSCluster dfs = Hdfs.start(options, kerberos);
    MiniYARNCluster yarn = Yarn.start(options, dfs);
    Metastore metastore = options.metastoreJars == null ? null : Metastore.start(options, dfs.getURI().toString());
    ClientConfiguration.write(yarn.getConfig(), conf, metastore == null ? null : metastore.address());
    System.out.println(
        Json.object(
            "conf", conf,
            "pid", ProcessHandle.current().pid(),
            "fs", dfs.getURI(),
            "webhdfs", kerberos == null ? dfs.getHttpUri(0) : null,
            "rm", yarn.getConfig().get(YarnConfiguration.RM_ADDRESS),
            "metastore", metastore == null ? null : metastore.address(),
            "krb5", kerberos == null ? null : kerberos.krb5(),
            "principal", kerberos == null ? null : kerberos.user,
            "keytab", kerberos == null ? null : kerberos.userKeytab,
            "logs", Path.of("target").toAbsolutePath()));
    System.out.flush();
    obey(dfs, yarn);
    try {
      yarn.stop();
      dfs.shutdown(true);
      if (metastore != null) {
        metastore.close();
      }
      if (kerberos != null) {
        kerberos.close();
      }
    } finally {
      // also ends threads that do not stop by themselves
      Runtime.getRuntime().halt(0);
    }
  }

  private static void obey(MiniDFSCluster dfs, MiniYARNCluster yarn) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
      String[] words = line.trim().split("\\s+");
      try {
        switch (words[0]) {
          case "stop-nm" -> yarn.getNodeManager(Integer.parseInt(words[1])).stop();
          case "stop-dn" -> dfs.stopDataNode(Integer.parseInt(words[1]));
          case "restart-nn" -> dfs.restartNameNode(true);
          default -> throw new IllegalArgumentException("unknown command");
        }
        System.out.println(Json.object("done", line));
      } catch (Exception e) {
        System.out.println(Json.object("failed", line, "cause", e.toString()));
      }
    }
  }

  /** Waits until the condition holds. */
  static void await(String what, int seconds, java.util.concurrent.Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new java.io.IOException(what + " did not come up within " + seconds + " s");
      }
      Thread.sleep(50);
    }
  }

  static void set(Configuration conf, ClusterOptions options) {
    options.settings.forEach(conf::set);
  }
}
