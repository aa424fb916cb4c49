package org.yarndl.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.FileOperations;
import org.yarndl.bridge.Frame;
import org.yarndl.bridge.FrameChannel;
import org.yarndl.bridge.Operations;

/** Behaves as a .NET driver: `write PATH` makes a file over the bridge, `fail CODE RETRYABLE MESSAGE` ends so, `failOnce PATH ...` tells when it
 * was started before. */
public final class FakeDriver {
  private FakeDriver() {}

  public static void main(String[] args) throws Exception {
    String hello = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    String hex = hello.replaceAll(".*\"secret\":\"([0-9a-f]*)\".*", "$1");
    int port = Integer.parseInt(hello.replaceAll(".*\"port\":([0-9]*),.*", "$1"));
    byte[] secret = new byte[hex.length() / 2];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    try (FrameChannel channel = new FrameChannel(new Socket(InetAddress.getByName("127.0.0.1"), port), 1 << 20)) {
      channel.write(Operations.ASK_HELLO, new ByteWriter().blob(secret).i32(0));
      channel.read();
      if (args[0].equals("write")) {
        write(channel, args[1]);
      } else if (args[0].equals("failOnce")) {
        boolean again = ask(channel, FileOperations.STAT, new ByteWriter().text(args[1])).u8() != 0;
        if (!again) {
          write(channel, args[1]);
        }
        fail(channel, args[2], args[3], again ? "ran a second time" : args[4]);
      } else {
        fail(channel, args[1], args[2], args[3]);
      }
    }
  }

  private static void write(FrameChannel channel, String path) throws IOException {
    int handle = ask(channel, FileOperations.CREATE, new ByteWriter().text(path)).i32();
    ask(channel, FileOperations.WRITE, new ByteWriter().i32(handle).raw(new byte[] {'o', 'k'}, 0, 2));
    ask(channel, FileOperations.FINISH, new ByteWriter().i32(handle));
  }

  private static void fail(FrameChannel channel, String exitCode, String retryable, String message) throws IOException {
    int code = Integer.parseInt(exitCode);
    ask(channel, DriverProcess.OUTCOME, new ByteWriter().i32(code).u8(Boolean.parseBoolean(retryable) ? 1 : 0).text("badRows").text(message));
    System.exit(code);
  }

  private static ByteReader ask(FrameChannel channel, int operation, ByteWriter request) throws IOException {
    channel.write(operation, request);
    Frame reply = channel.read();
    if (reply == null || reply.operation != Operations.ANSWER) {
      throw new IOException("operation " + operation + " failed");
    }
    return reply.fields();
  }

  /** An executable file that starts this class with its arguments. */
  static Path script(Path folder) throws IOException {
    String path = Paths.get("target/test-classes").toAbsolutePath() + ":" + Paths.get("../bridge/target/classes").toAbsolutePath()
        + ":" + Paths.get("target/classes").toAbsolutePath() + ":" + System.getProperty("java.class.path");
    Path script = folder.resolve("yarndl");
    String java = System.getProperty("java.home") + "/bin/java";
    Files.write(script, ("#!/bin/sh\nexec " + java + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp '" + path + "' " + FakeDriver.class.getName() + " \"$@\"\n").getBytes());
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
