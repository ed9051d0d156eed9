package org.healthbeam.runners.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.healthbeam.pipelines.run.JobAccount;
import org.healthbeam.pipelines.run.StepProgress;
import org.healthbeam.pipelines.run.UsageException;

/** The cluster that {@code --flinkMaster} names, as its REST endpoint tells of it. */
final class SessionCluster {
  private static final int OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Map<JobStatus, State> STATES =
      Map.of(
          JobStatus.FINISHED, State.DONE,
          JobStatus.FAILED, State.FAILED,
          JobStatus.CANCELED, State.CANCELLED);

  private final Configuration configuration;
  private final URI rest;

  private SessionCluster(Configuration configuration, URI rest) {
    this.configuration = configuration;
    this.rest = rest;
  }

  static SessionCluster of(FlinkPipelineOptions options) {
    String folder = options.getFlinkConfDir();
    Configuration configuration =
        folder == null
            ? GlobalConfiguration.loadConfiguration()
            : GlobalConfiguration.loadConfiguration(folder);
    boolean tls = SecurityOptions.isRestSSLEnabled(configuration);
    URI rest = URI.create((tls ? "https://" : "http://") + options.getFlinkMaster());
    configuration.set(RestOptions.ADDRESS, rest.getHost());
    if (rest.getPort() >= 0) {
      configuration.set(RestOptions.PORT, rest.getPort());
    }
    return new SessionCluster(configuration, rest);
  }

  /** Returns the address of a page or a resource. */
  URI at(String path) {
    return rest.resolve(path);
  }

  /** Checks that the cluster answers and is of the version that jobs are made for. */
  void require() throws UsageException {
    if (rest.getScheme().equals("https")) {
      // Whose certificates are good is known to Flink's own client only.
      return;
    }
    String version;
    try {
      version = get("/config").path("flink-version").asText();
    } catch (IOException e) {
      throw new UsageException(
          "%s does not answer as the REST endpoint of a Flink cluster".formatted(rest), e);
    }
    String ours = EnvironmentInformation.getVersion();
    if (!line(version).equals(line(ours))) {
      throw new UsageException(
          "%s is Flink %s; jobs are made for %s".formatted(rest, version, ours));
    }
  }

  /** Versions that differ in their last number only understand each other. */
  private static String line(String version) {
    int end = version.lastIndexOf('.');
    return end < 0 ? version : version.substring(0, end);
  }

  /** Asks for a resource of the endpoint. */
  private JsonNode get(String path) throws IOException {
    HttpResponse<byte[]> answer = ask(path);
    if (answer.statusCode() != OK) {
      throw new IOException(at(path) + " answers with status " + answer.statusCode());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<byte[]> ask(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(at(path)).timeout(PATIENCE).build();
    try {
      return HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Returns how far the steps of a job are. */
  List<StepProgress> steps(String job) throws IOException {
    return rest.getScheme().equals("https") ? List.of() : FlinkSteps.of(get("/jobs/" + job));
  }

  /** Returns what became of a job. */
  JobAccount account(String job) throws IOException {
    JobID id = JobID.fromHexString(job);
    try (RestClusterClient<StandaloneClusterId> client =
        new RestClusterClient<>(configuration, StandaloneClusterId.getInstance())) {
      JobDetailsInfo details;
      try {
        details = await(client.getJobDetails(id));
      } catch (IOException e) {
        if (isUnknown(client, id)) {
          return new JobAccount(State.UNKNOWN, Instant.now(), Optional.empty(), Optional.empty());
        }
        throw e;
      }
      State state = STATES.getOrDefault(details.getJobStatus(), State.RUNNING);
      if (state == State.RUNNING) {
        return new JobAccount(state, Instant.now(), Optional.empty(), Optional.empty());
      }
      if (state == State.DONE && wasStopped(job)) {
        state = State.STOPPED;
      }
      Optional<Throwable> failure = Optional.empty();
      if (state == State.FAILED) {
        JobResult result = await(client.requestJobResult(id));
        ClassLoader loader = SessionCluster.class.getClassLoader();
        failure = result.getSerializedThrowable().map(t -> t.deserializeError(loader));
      }
      Optional<MetricResults> metrics =
          JobCounters.of(await(client.getAccumulators(id, SessionCluster.class.getClassLoader())));
      return new JobAccount(state, Instant.ofEpochMilli(details.getEndTime()), metrics, failure);
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /**
   * For Flink a job that was stopped with a savepoint is finished like one that came to its end.
   */
  private boolean wasStopped(String job) throws IOException {
    if (rest.getScheme().equals("https")) {
      return false;
    }
    HttpResponse<byte[]> checkpoints = ask("/jobs/" + job + "/checkpoints");
    // Of a job that makes no checkpoints there is nothing.
    return checkpoints.statusCode() == OK
        && new ObjectMapper()
            .readTree(checkpoints.body())
            .path("latest")
            .path("savepoint")
            .path("checkpoint_type")
            .asText()
            .equals("SYNC_SAVEPOINT");
  }

  private static boolean isUnknown(RestClusterClient<?> client, JobID id) throws IOException {
    return await(client.listJobs()).stream().noneMatch(job -> job.getJobId().equals(id));
  }

  private static <T> T await(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The Flink cluster gives no answer", e);
    }
  }
}
