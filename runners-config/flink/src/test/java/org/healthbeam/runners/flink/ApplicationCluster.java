package org.healthbeam.runners.flink;

import java.util.Arrays;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.DefaultPackagedProgramRetriever;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.healthbeam.pipelines.cli.JobMain;

/**
 * The JobManager of a cluster for one application: it runs the main class of a job jar and ends
 * with it. Those for Kubernetes and for machines differ from it in who starts TaskManagers only.
 * That its close may be interrupted is Flink's own.
 */
@SuppressWarnings("try")
public final class ApplicationCluster extends ApplicationClusterEntryPoint {
  private ApplicationCluster(Configuration configuration, PackagedProgram program) {
    super(configuration, program, StandaloneResourceManagerFactory.getInstance());
  }

  /** Takes the folder of Flink's configuration, then the arguments of the main class. */
  public static void main(String[] args) throws Exception {
    Configuration configuration = GlobalConfiguration.loadConfiguration(args[0]);
    PackagedProgram program =
        DefaultPackagedProgramRetriever.create(
                null,
                JobMain.class.getName(),
                Arrays.copyOfRange(args, 1, args.length),
                configuration)
            .getPackagedProgram();
    configureExecution(configuration, program);
    ClusterEntrypoint.runClusterEntrypoint(new ApplicationCluster(configuration, program));
  }
}
