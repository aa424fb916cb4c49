package org.yarndl.testcluster;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command line of {@link TestCluster} says. */
final class ClusterOptions {
  static final String USAGE =
      "TestCluster FOLDER [--nm 2] [--dn 1] [--nm-mb 4096] [--nm-vcores 4] [--min-mb 256] [--no-vmem-check]"
          + " [--metastore SPARK_JARS_FOLDER] [--secure USER] [-Dkey=value]...";

  final Path folder;
  int nodeManagers = 2;
  int dataNodes = 1;
  int nodeMemoryMb = 4096;
  int nodeCores = 4;
  int minimumMb = 256;
  boolean virtualMemoryCheck = true;
  /** Folder with Spark's jars, which hold Hive's metastore; null = no metastore. */
  Path metastoreJars;
  /** Kerberos, with a keytab for this user; null = no security. */
  String secureUser;
  final Map<String, String> settings = new LinkedHashMap<>();

  private ClusterOptions(Path folder) {
    this.folder = folder;
  }

  static ClusterOptions parse(String[] args) {
    if (args.length == 0 || args[0].startsWith("-")) {
      throw new IllegalArgumentException(USAGE);
    }
    ClusterOptions o = new ClusterOptions(Paths.get(args[0]).toAbsolutePath());
    for (int i = 1; i < args.length; i++) {
      String a = args[i];
      int equals = a.indexOf('=');
      if (a.startsWith("-D") && equals > 2) {
        o.settings.put(a.substring(2, equals), a.substring(equals + 1));
      } else if (a.equals("--no-vmem-check")) {
        o.virtualMemoryCheck = false;
      } else if (i + 1 == args.length) {
        throw new IllegalArgumentException(a + ": " + USAGE);
      } else {
        o.set(a, args[++i]);
      }
    }
    return o;
  }

  private void set(String name, String value) {
    switch (name) {
      case "--nm" -> nodeManagers = Integer.parseInt(value);
      case "--dn" -> dataNodes = Integer.parseInt(value);
      case "--nm-mb" -> nodeMemoryMb = Integer.parseInt(value);
      case "--nm-vcores" -> nodeCores = Integer.parseInt(value);
      case "--min-mb" -> minimumMb = Integer.parseInt(value);
      case "--secure" -> secureUser = value;
      case "--metastore" -> metastoreJars = Paths.get(value).toAbsolutePath();
      default -> throw new IllegalArgumentException(name + ": " + USAGE);
    }
  }
}
