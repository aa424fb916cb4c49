package org.yarndl.testcluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The folder a client names in HADOOP_CONF_DIR: what was set, nothing of the defaults, and nothing of net.* (a test class). */
final class ClientConfiguration {
  private ClientConfiguration() {}

  static void write(Configuration conf, Path folder, String metastore) throws IOException {
    site(conf, folder.resolve("core-site.xml"), "fs.", "hadoop.", "io.", "ipc.");
    site(conf, folder.resolve("hdfs-site.xml"), "dfs.");
    site(conf, folder.resolve("yarn-site.xml"), "yarn.");
    if (metastore != null) {
      Configuration hive = new Configuration(false);
      hive.set("hive.metastore.uris", metastore);
      save(hive, folder.resolve("hive-site.xml"));
    }
  }

  private static void site(Configuration all, Path file, String... prefixes) throws IOException {
    Configuration some = new Configuration(false);
    for (Map.Entry<String, String> e : all) {
      String[] sources = all.getPropertySources(e.getKey());
      boolean isDefault = sources != null && sources.length > 0 && sources[sources.length - 1].endsWith("-default.xml");
      String raw = all.getRaw(e.getKey());
      if (!isDefault && raw != null && java.util.Arrays.stream(prefixes).anyMatch(e.getKey()::startsWith)) {
        some.set(e.getKey(), raw);
      }
    }
    save(some, file);
  }

  private static void save(Configuration conf, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      conf.writeXml(out);
    }
  }
}
