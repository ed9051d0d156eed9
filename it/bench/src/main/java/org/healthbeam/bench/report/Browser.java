package org.healthbeam.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium, spoken to by its DevTools protocol, so that pages run in real time. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_S = 60;
  private static final int PATIENCE_MS = 60_000;

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Browser(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one with an empty profile in that folder, on a port of its own choice. */
  static Browser start(Path folder) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(Files.createDirectories(folder), "profile");
    Process process =
        new ProcessBuilder(
                List.of(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,1000",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"))
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path told = profile.resolve("DevToolsActivePort");
    for (int waited = 0; waited < PATIENCE_MS; waited += 20) {
      if (Files.exists(told) && Files.size(told) > 0) {
        return new Browser(process, Integer.parseInt(Files.readAllLines(told).get(0).strip()));
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("Chromium did not start; see " + profile);
  }

  /** Returns a new empty tab. */
  Tab tab() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode made = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    Tab tab = new Tab();
    tab.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(made.path("webSocketDebuggerUrl").asText()), tab)
            .join();
    return tab;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** A page of the browser. */
  static final class Tab implements WebSocket.Listener, AutoCloseable {
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    /** Runs a script in each page before the page's own. */
    void before(String script) throws IOException, InterruptedException {
      call("Page.enable", JSON.createObjectNode());
      call("Page.addScriptToEvaluateOnNewDocument", JSON.createObjectNode().put("source", script));
    }

    void open(URI page) throws IOException, InterruptedException {
      call("Page.navigate", JSON.createObjectNode().put("url", page.toString()));
    }

    /** Returns what an expression, or the promise that it makes, comes to. */
    JsonNode value(String expression) throws IOException, InterruptedException {
      ObjectNode params = JSON.createObjectNode();
      params.put("expression", expression).put("awaitPromise", true).put("returnByValue", true);
      JsonNode result = call("Runtime.evaluate", params);
      if (result.has("exceptionDetails")) {
        throw new IOException("The page failed: " + result.path("exceptionDetails"));
      }
      return result.path("result").path("value");
    }

    private JsonNode call(String method, ObjectNode params)
        throws IOException, InterruptedException {
      int id = last.incrementAndGet();
      CompletableFuture<JsonNode> answer = new CompletableFuture<>();
      waiting.put(id, answer);
      ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
      message.set("params", params);
      socket.sendText(message.toString(), true).join();
      try {
        return answer.get(PATIENCE_S, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException("No answer to " + method, e);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
          if (answer != null) {
            answer.complete(message.path("result"));
          }
        } catch (IOException e) {
          waiting.values().forEach(each -> each.completeExceptionally(e));
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public void close() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }
}
