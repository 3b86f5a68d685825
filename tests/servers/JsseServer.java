import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A server with Java's JSSE: java JsseServer.java KEYSTORE.p12 [legacy] [client-certificate]. The keystore's passphrase
 * is "secret". It prints "port N" and ends when its standard input closes. legacy: every protocol and suite that JSSE
 * has, its own prohibitions lifted.
 */
public final class JsseServer {
  private static final int MAX_CONNECTIONS = 64;
  private static final int IDLE_MILLISECONDS = 60_000;

  public static void main(String[] arguments) throws Exception {
    boolean legacy = java.util.Arrays.asList(arguments).contains("legacy");
    if (legacy) {
      Security.setProperty("jdk.tls.disabledAlgorithms", "");
      Security.setProperty("jdk.tls.legacyAlgorithms", "");
      Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    }
    SSLServerSocket listener = listen(arguments[0]);
    if (legacy) {
      listener.setEnabledProtocols(listener.getSupportedProtocols());
      listener.setEnabledCipherSuites(listener.getSupportedCipherSuites());
    }
    listener.setNeedClientAuth(java.util.Arrays.asList(arguments).contains("client-certificate"));
    var workers = java.util.concurrent.Executors.newFixedThreadPool(MAX_CONNECTIONS, JsseServer::daemon);
    daemon(() -> accept(listener, workers)).start();
    System.out.println("port " + listener.getLocalPort());
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  private static SSLServerSocket listen(String keystore) throws Exception {
    char[] passphrase = "secret".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream file = new FileInputStream(keystore)) {
      store.load(file, passphrase);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, passphrase);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    return (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 256, loopback);
  }

  private static void accept(SSLServerSocket listener, java.util.concurrent.Executor workers) {
    while (true) {
      try {
        SSLSocket connection = (SSLSocket) listener.accept();
        workers.execute(() -> answer(connection));
      } catch (IOException problem) {
        System.err.println(problem);
      }
    }
  }

  /** Replies to one request. A client that breaks the handshake off is what a scanner is. */
  private static void answer(SSLSocket socket) {
    try (SSLSocket connection = socket) {
      connection.setSoTimeout(IDLE_MILLISECONDS);
      if (connection.getInputStream().read() < 0) return;
      connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
    } catch (IOException goneAway) {
      return;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }
}
