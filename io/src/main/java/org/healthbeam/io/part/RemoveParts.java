package org.healthbeam.io.part;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Removes the folders of parts of which a result was made, once no attempt needs them any more:
 * behind a barrier, so that what comes before it has ended.
 *
 * <p>Input: {@link PartFolder}s, as {@link JoinParts} emits them.
 */
public final class RemoveParts extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  @Override
  public PDone expand(PCollection<String> folders) {
    folders.apply("When whole", Reshuffle.viaRandomKey()).apply("Remove", ParDo.of(new Remove()));
    return PDone.in(folders.getPipeline());
  }

  private static final class Remove extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String folder) {
      PartFolder.remove(folder);
    }
  }
}
