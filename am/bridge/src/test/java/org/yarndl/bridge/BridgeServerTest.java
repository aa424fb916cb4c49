package org.yarndl.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers are refused, and the one that knows the secret is served all the same. */
class BridgeServerTest {
  private static final int ECHO = 9;
  private final Secret secret = Secret.create();
  private BridgeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new BridgeServer(
        secret, (channel, hello) -> BridgeServer.answer(channel, new Session().add(ECHO, (in, out) -> out.i32(in.i32()))), 300);
  }

  @AfterEach
  void the_rightful_client_is_still_served() throws IOException {
    try (Client client = Client.hello(server.port(), secret.copy())) {
      assertEquals(42, client.ask(ECHO, new ByteWriter().i32(42)).i32());
    }
    server.close();
  }

  private static void assertRefused(Client stranger) throws IOException {
    Frame frame;
    try {
      frame = stranger.channel.read();
    } catch (java.net.SocketException reset) {
      return;
    }
    assertNull(frame);
    stranger.close();
  }

  @Test
  void a_wrong_secret_is_refused() throws IOException {
    assertRefused(Client.hello(server.port(), new byte[Secret.BYTES]));
    assertRefused(Client.hello(server.port(), new byte[0]));
  }

  @Test
  void an_operation_before_the_hello_is_refused() throws IOException {
    Client stranger = new Client(server.port());
    stranger.channel.write(ECHO, new ByteWriter().i32(1));
    assertRefused(stranger);
  }

  @Test
  void garbage_and_an_oversize_hello_are_refused() throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
      socket.getOutputStream().write(Frame.header(Operations.HELLO, 1 << 20, 0));
      assertEquals(-1, readToEnd(socket));
    }
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
      assertEquals(-1, readToEnd(socket));
    }
  }

  @Test
  void a_hello_that_never_comes_and_one_that_drips_are_refused() throws IOException {
    try (Socket silent = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
        Socket drip = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
      assertThrows(IOException.class, () -> {
        for (;;) {
          drip.getOutputStream().write('Y');
          drip.setSoTimeout(20);
          try {
            if (drip.getInputStream().read() < 0) {
              throw new IOException("closed");
            }
          } catch (java.net.SocketTimeoutException e) {
            // still open: another byte
          }
        }
      });
      assertEquals(-1, readToEnd(silent));
    }
  }

  @Test
  void many_silent_connections_do_not_pile_up() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sockets.add(new Socket(InetAddress.getByName("127.0.0.1"), server.port()));
    }
    for (Socket s : sockets) {
      assertEquals(-1, readToEnd(s));
      s.close();
    }
  }

  @Test
  void a_frame_that_is_longer_than_it_says_ends_the_connection() throws IOException {
    try (Client client = Client.hello(server.port(), secret.copy())) {
      assertThrows(IOException.class, () -> client.ask(ECHO, new ByteWriter().i32(1).i32(2)));
    }
  }

  @Test
  void an_unknown_operation_ends_the_connection() throws IOException {
    try (Client client = Client.hello(server.port(), secret.copy())) {
      assertThrows(IOException.class, () -> client.ask(77, new ByteWriter()));
    }
  }

  private static int readToEnd(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    try {
      int n;
      do {
        n = socket.getInputStream().read();
      } while (n >= 0);
      return n;
    } catch (java.net.SocketException reset) {
      return -1;
    }
  }
}
