package org.yarndl.spark;

import org.apache.spark.SparkConf;

/** What must be set before the Spark context starts. What the user set stays, but for what results depend on. */
final class Settings {
  private Settings() {}

  static SparkConf apply(SparkConf conf) {
    // regions of HBase that are still in memory report length 0, and Spark would drop them without a word
    conf.set("spark.hadoopRDD.ignoreEmptySplits", "false");
    // timestamps without a zone are read as UTC, here as on one machine
    conf.set("spark.sql.session.timeZone", "UTC");
    // dates and instants without java.sql's zones and calendars
    conf.set("spark.sql.datetime.java8API.enabled", "true");
    // days and instants as they are written; Spark would stop at those before 1582
    for (String part : new String[] {"parquet.datetimeRebaseModeIn", "parquet.int96RebaseModeIn", "avro.datetimeRebaseModeIn"}) {
      conf.setIfMissing("spark.sql." + part + "Read", "CORRECTED");
      conf.setIfMissing("spark.sql." + part + "Write", "CORRECTED");
    }
    // predictions replace the partitions they have rows for, and no other
    conf.setIfMissing("spark.sql.sources.partitionOverwriteMode", "dynamic");
    conf.setIfMissing("spark.hadoop.hive.exec.dynamic.partition.mode", "nonstrict");
    // thousands of steps are thousands of jobs; the driver keeps only the last of them for its pages
    conf.setIfMissing("spark.ui.retainedJobs", "100");
    conf.setIfMissing("spark.ui.retainedStages", "100");
    conf.setIfMissing("spark.ui.retainedTasks", "2000");
    conf.setIfMissing("spark.sql.ui.retainedExecutions", "20");
    if (!conf.contains("spark.sql.catalogImplementation") && hasMetastore(conf)) {
      conf.set("spark.sql.catalogImplementation", "hive");
    }
    if (!conf.contains("spark.app.name") || conf.get("spark.app.name").startsWith("org.yarndl.")) {
      conf.set("spark.app.name", "yarndl");
    }
    return conf;
  }

  private static boolean hasMetastore(SparkConf conf) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (!conf.contains("spark.hadoop.hive.metastore.uris") && loader.getResource("hive-site.xml") == null) {
      return false;
    }
    try {
      Class.forName("org.apache.spark.sql.hive.HiveSessionStateBuilder", false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
