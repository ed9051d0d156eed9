package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.healthbeam.io.cluster.ClusterProcess;

/**
 * HDFS of processes of its own, and what it holds, by its REST interface: a test needs no class of
 * Hadoop.
 *
 * @param servers a NameNode and two DataNodes; each block lies on both
 */
record HdfsFiles(ClusterProcess servers) implements AutoCloseable {
  private static final int TRIES = 20;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  static HdfsFiles up(Path folder) throws IOException {
    return new HdfsFiles(ClusterProcess.up("hdfs", folder, "--memory=512"));
  }

  /** Returns what finds it: {@code HADOOP_CONF_DIR}. */
  Map<String, String> environment() throws IOException {
    return Map.of("HADOOP_CONF_DIR", servers.address("configuration"));
  }

  /** Returns a file's whole name. */
  String name(String path) throws IOException {
    return servers.address("files") + path;
  }

  /** Copies a file, or the files of a folder, from the local disk; returns the whole name. */
  String put(Path local, String path) throws Exception {
    if (Files.isDirectory(local)) {
      try (Stream<Path> files = Files.list(local)) {
        for (Path file : files.toList()) {
          put(file, path + "/" + file.getFileName());
        }
      }
      return name(path);
    }
    HttpResponse<String> written = withSomeDataNode(() -> send(path, local));
    if (written.statusCode() != 201) {
      throw new IOException("HDFS answers with status " + written.statusCode());
    }
    return name(path);
  }

  private HttpResponse<String> send(String path, Path local)
      throws IOException, InterruptedException {
    HttpResponse<String> where =
        HTTP.send(
            request(path, "CREATE&overwrite=true&noredirect=true")
                .PUT(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(json(where).path("Location").asText()))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(local))
            .build(),
        BodyHandlers.ofString());
  }

  /** The NameNode says where the bytes are; for a while, that may be a DataNode that has died. */
  private static <T> T withSomeDataNode(Callable<T> request) throws Exception {
    for (int left = TRIES; ; left--) {
      try {
        return request.call();
      } catch (ConnectException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** Returns the files below a folder with their sizes, by their names in it. */
  Map<String, Long> list(String path) throws Exception {
    Map<String, Long> found = new TreeMap<>();
    HttpResponse<String> answer =
        HTTP.send(request(path, "LISTSTATUS").build(), BodyHandlers.ofString());
    if (answer.statusCode() == 404) {
      return found;
    }
    for (JsonNode file : json(answer).path("FileStatuses").path("FileStatus")) {
      String name = file.path("pathSuffix").asText();
      if (file.path("type").asText().equals("DIRECTORY")) {
        list(path + "/" + name).forEach((inside, size) -> found.put(name + "/" + inside, size));
      } else {
        found.put(name, file.path("length").asLong());
      }
    }
    return found;
  }

  /** Copies all that is below a folder to the local disk. */
  Path get(String path, Path local) throws Exception {
    for (String name : list(path).keySet()) {
      Path file = local.resolve(name);
      Files.createDirectories(file.getParent());
      HttpResponse<Path> read =
          withSomeDataNode(
              () ->
                  HTTP.send(request(path + "/" + name, "OPEN").build(), BodyHandlers.ofFile(file)));
      if (read.statusCode() != 200) {
        throw new IOException("HDFS answers with status " + read.statusCode());
      }
    }
    return local;
  }

  private HttpRequest.Builder request(String path, String operation) throws IOException {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/");
    return HttpRequest.newBuilder(
        URI.create(
            "%s/webhdfs/v1%s?user.name=%s&op=%s"
                .formatted(
                    servers.address("web"), encoded, System.getProperty("user.name"), operation)));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("HDFS answers with status " + answer.statusCode());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  @Override
  public void close() {
    servers.close();
  }
}
