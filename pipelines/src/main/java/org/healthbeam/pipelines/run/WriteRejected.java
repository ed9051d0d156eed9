package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.io.text.WriteLines;
import org.healthbeam.io.text.WriteParts;

/** Writes rejects as one JSON object a line into the folder {@code rejected} of a run. */
final class WriteRejected extends PTransform<PCollection<Rejected>, PDone> {
  private static final long serialVersionUID = 1L;

  static final String FOLDER = "rejected";
  static final String SUFFIX = ".jsonl";

  private final String output;

  WriteRejected(String output) {
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<Rejected> rejected) {
    PCollection<String> lines =
        rejected.apply("Format", ParDo.of(new Format())).setCoder(StringUtf8Coder.of());
    String folder = Location.in(output, FOLDER);
    return rejected.isBounded() == IsBounded.BOUNDED
        ? lines.apply("Write", WriteLines.to(folder, SUFFIX))
        : lines.apply("Write as they come", WriteParts.to(folder, SUFFIX));
  }

  static final class Format extends DoFn<Rejected, String> {
    private static final long serialVersionUID = 1L;
    private transient JsonFactory json;

    @Setup
    public void setUp() {
      json = new JsonFactory();
    }

    @ProcessElement
    public void process(@Element Rejected rejected, OutputReceiver<String> receiver)
        throws IOException {
      StringWriter line = new StringWriter();
      try (JsonGenerator object = json.createGenerator(line)) {
        object.writeStartObject();
        object.writeStringField("stage", rejected.stage());
        object.writeStringField("reason", rejected.reason().code());
        object.writeStringField("detail", rejected.detail());
        object.writeStringField("source", rejected.source());
        object.writeStringField("position", rejected.position());
        object.writeStringField("payload_hash", rejected.payloadHash());
        object.writeEndObject();
      }
      receiver.output(line.toString());
    }
  }
}
