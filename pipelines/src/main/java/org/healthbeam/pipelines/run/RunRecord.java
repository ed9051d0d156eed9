package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.StageLedger;

/**
 * What {@code run.json} says.
 *
 * @param pipeline the name as typed
 * @param ending how it came to its end
 * @param started when the pipeline began to be built
 * @param duration until its last step had ended
 * @param runner the name as typed
 * @param options the values that counted, without secrets
 * @param ledger the account of every stage
 * @param versions of what was used
 */
record RunRecord(
    String pipeline,
    Ending ending,
    Instant started,
    Duration duration,
    String runner,
    Map<String, String> options,
    Ledger ledger,
    Map<String, String> versions) {

  /** How a run came to its end. */
  enum Ending {
    /** Its input ended. */
    ENDED("ended"),
    /** It was told to stop; all that it had read until then is in its results. */
    STOPPED("stopped"),
    /** It was cancelled; what was under way then is in no result. */
    CUT_OFF("stopped");

    private final String status;

    Ending(String status) {
      this.status = status;
    }
  }

  /** Returns the document. */
  ObjectNode toJson(Collection<String> files) {
    ObjectNode run = new ObjectMapper().createObjectNode();
    run.put("pipeline", pipeline);
    run.put("version", Versions.healthBeam());
    run.put("status", ending.status);
    run.put("started", started.truncatedTo(ChronoUnit.MILLIS).toString());
    run.put("duration_s", duration.toMillis() / 1000.0);
    run.put("runner", runner);
    options.forEach(run.putObject("options")::put);
    ArrayNode stages = run.putArray("stages");
    for (StageLedger s : ledger.stages()) {
      ObjectNode stage = stages.addObject();
      stage.put("stage", s.stage());
      stage.put("unit", s.unit());
      stage.put("in", s.in());
      stage.put("out", s.out());
      stage.put("rejected", s.rejected());
      s.outcomes().forEach(stage.putObject("outcomes")::put);
      stage.put("conserved", s.isConserved());
    }
    List<String> violations = ledger.violations();
    if (ending == Ending.CUT_OFF) {
      violations.forEach(run.putArray("under_way")::add);
    } else {
      run.put("conserved", violations.isEmpty());
      violations.forEach(run.putArray("violations")::add);
    }
    run.put("rejected_fraction", ledger.rejectedFraction());
    versions.forEach(run.putObject("versions")::put);
    files.forEach(run.putArray("files")::add);
    return run;
  }
}
