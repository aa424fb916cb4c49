package org.yarndl.testcluster;

import java.io.IOException;

/** Hive's metastore on the given port; ends when standard input does, so that it never outlives the cluster. */
public final class MetastoreMain {
  private MetastoreMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // the parent is gone: the same as the end
              }
              Runtime.getRuntime().halt(0);
            });
    watch.setDaemon(true);
    watch.start();
    // from Spark's jars, which only this process has on its class path
    Class.forName("org.apache.hadoop.hive.metastore.HiveMetaStore")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {"-p", args[0]});
  }
}
