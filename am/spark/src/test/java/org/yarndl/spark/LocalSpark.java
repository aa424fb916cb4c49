package org.yarndl.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** A Spark session in this JVM. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession start(String... settings) {
    SparkConf conf = new SparkConf(false).setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false")
        .set("spark.driver.host", "localhost").set("spark.driver.bindAddress", "127.0.0.1").set("spark.sql.shuffle.partitions", "2");
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return SparkSession.builder().config(Settings.apply(conf)).getOrCreate();
  }
}
