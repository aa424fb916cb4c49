package org.yarndl.testcluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A KDC with keytabs for the daemons and for one user, and the settings of a secured cluster: tokens, privacy on every wire, HTTPS only. Every daemon of this
 * JVM is hdfs/localhost, because a JVM has one login.
 */
final class Kerberos implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final MiniKdc kdc;
  private final Path folder;
  private final String daemon;
  private final Path daemonKeytab;
  final Path userKeytab;
  final String user;

  private Kerberos(MiniKdc kdc, Path folder, String user) {
    this.kdc = kdc;
    this.folder = folder;
    this.daemon = "/localhost@" + kdc.getRealm();
    this.daemonKeytab = folder.resolve("hdfs.keytab");
    this.userKeytab = folder.resolve("user.keytab");
    this.user = user + "@" + kdc.getRealm();
  }

  Path krb5() {
    return folder.resolve("krb5.conf");
  }

  /**
   * @param folder for keytabs, krb5.conf and the key stores
   * @param classPath a folder of the class path, where Hadoop looks for ssl-server.xml
   */
  static Kerberos start(Path folder, Path classPath, String user) throws Exception {
    Files.createDirectories(folder);
    Properties settings = MiniKdc.createConf();
    settings.setProperty(MiniKdc.KDC_BIND_ADDRESS, "localhost");
    settings.setProperty(MiniKdc.TRANSPORT, "TCP");
    MiniKdc kdc = new MiniKdc(settings, folder.toFile());
    kdc.start();
    Kerberos made = new Kerberos(kdc, folder, user);
    kdc.createPrincipal(made.daemonKeytab.toFile(), "hdfs/localhost", "HTTP/localhost");
    kdc.createPrincipal(made.userKeytab.toFile(), user);
    if (!kdc.getKrb5conf().toPath().equals(made.krb5())) {
      Files.copy(kdc.getKrb5conf().toPath(), made.krb5(), StandardCopyOption.REPLACE_EXISTING);
    }
    made.keyStores(classPath);
    return made;
  }

  /** What HDFS and YARN need beside their usual settings. */
  void secure(Configuration conf) {
    conf.set("hadoop.security.authentication", "kerberos");
    conf.set("hadoop.security.authorization", "true");
    conf.set("hadoop.rpc.protection", "privacy");
    for (String node : new String[] {"namenode", "datanode"}) {
      conf.set("dfs." + node + ".kerberos.principal", "hdfs" + daemon);
      conf.set("dfs." + node + ".keytab.file", daemonKeytab.toString());
    }
    conf.set("dfs.web.authentication.kerberos.principal", "HTTP" + daemon);
    conf.set("dfs.web.authentication.kerberos.keytab", daemonKeytab.toString());
    conf.set("dfs.block.access.token.enable", "true");
    conf.set("dfs.data.transfer.protection", "privacy");
    conf.set("dfs.encrypt.data.transfer.cipher.suites", "AES/CTR/NoPadding");
    conf.set("dfs.http.policy", "HTTPS_ONLY");
    conf.set("dfs.namenode.https-address", "localhost:0");
    conf.set("dfs.datanode.https.address", "localhost:0");
    conf.set("dfs.client.use.datanode.hostname", "true");
    for (String daemonOfYarn : new String[] {"resourcemanager", "nodemanager"}) {
      conf.set("yarn." + daemonOfYarn + ".principal", "hdfs" + daemon);
      conf.set("yarn." + daemonOfYarn + ".keytab", daemonKeytab.toString());
      conf.set("yarn." + daemonOfYarn + ".hostname", "localhost");
    }
    // its filter wants a secret file that the minicluster does not make
    conf.set("yarn.resourcemanager.webapp.delegation-token-auth-filter.enabled", "false");
    UserGroupInformation.setConfiguration(conf);
  }

  void login() throws IOException {
    UserGroupInformation.loginUserFromKeytab("hdfs" + daemon, daemonKeytab.toString());
  }

  private void keyStores(Path classPath) throws Exception {
    String keys = folder.resolve("keys.p12").toString();
    String trust = folder.resolve("trust.p12").toString();
    String certificate = folder.resolve("certificate").toString();
    keytool("-genkeypair", "-alias", "host", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
        "-validity", "3650", "-storetype", "PKCS12", "-keystore", keys, "-storepass", PASSWORD);
    keytool("-exportcert", "-alias", "host", "-keystore", keys, "-storepass", PASSWORD, "-file", certificate);
    keytool("-importcert", "-noprompt", "-alias", "host", "-file", certificate, "-storetype", "PKCS12", "-keystore", trust, "-storepass", PASSWORD);
    Files.createDirectories(classPath);
    for (String side : new String[] {"server", "client"}) {
      Configuration ssl = new Configuration(false);
      for (String[] store : new String[][] {{"keystore", keys}, {"truststore", trust}}) {
        ssl.set("ssl." + side + "." + store[0] + ".location", store[1]);
        ssl.set("ssl." + side + "." + store[0] + ".password", PASSWORD);
        ssl.set("ssl." + side + "." + store[0] + ".type", "PKCS12");
      }
      ssl.set("ssl." + side + ".keystore.keypassword", PASSWORD);
      try (OutputStream out = Files.newOutputStream(classPath.resolve("ssl-" + side + ".xml"))) {
        ssl.writeXml(out);
      }
    }
  }

  private static void keytool(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool " + arguments[0] + " ended with " + process.exitValue());
    }
  }

  @Override
  public void close() {
    kdc.stop();
  }
}
