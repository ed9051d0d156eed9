package org.healthbeam.runners.flink;

import javax.annotation.Nullable;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;

/** Tells an {@link EmbeddedJob} how it can be cancelled. Flink makes it from its configuration. */
public final class JobStart implements JobListener {
  @Override
  public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable failure) {
    if (client != null) {
      EmbeddedJob.starting().submitted(client);
    }
  }

  @Override
  public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {}
}
