package org.healthbeam.templates.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.healthbeam.pipelines.run.HealthOptions;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;
import org.junit.jupiter.api.Test;

class TemplateFaultsTest {
  @Test
  void everyOptionOfEveryPipelineSaysAllAboutItself() {
    assertTrue(HealthPipelines.all().size() >= 3);
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      assertEquals(List.of(), TemplateFaults.ofPipeline(pipeline.optionsClass()));
    }
  }

  @Test
  void everyPipelineHasTemplatesWithoutFaultsAndOfNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      assertFalse(pipeline.templates().isEmpty(), HealthPipelines.name(pipeline));
      for (Class<? extends HealthOptions> template : pipeline.templates()) {
        assertEquals(List.of(), TemplateFaults.ofTemplate(template));
        assertTrue(names.add(Template.of(pipeline, template).name()), template.getName());
      }
    }
  }

  /** Each of its options has a fault. */
  @PipelineTemplate(
      name = "Wrong Name",
      displayName = " ",
      description = "",
      mode = Mode.STREAMING,
      fixed = {"none=1", "many=a"},
      without = {"input", "nothing"})
  interface Faulty extends HealthOptions {
    @Description("Lacks an annotation.")
    String getBare();

    void setBare(String value);

    @TemplateParameter(group = "Group", example = "x")
    String getUndescribed();

    void setUndescribed(String value);

    @Description("Its example is none.")
    @TemplateParameter(group = "Group", example = "a1", regexes = "[a-z]+")
    String getLetters();

    void setLetters(String value);

    @Description("Its default is none.")
    @Default.String("B")
    @TemplateParameter(group = "Group", example = "b", regexes = "[a-z]+")
    String getLower();

    void setLower(String value);

    @Description("A number.")
    @TemplateParameter(group = "Group", example = "1", parent = "nobody", parentValues = "1")
    int getMany();

    void setMany(int value);

    @Description("Its expression is for Java only.")
    @TemplateParameter(group = "Group", example = "b", regexes = "(?!a).*")
    String getNegative();

    void setNegative(String value);

    @Description("Its expression is none.")
    @TemplateParameter(group = "Group", example = "b", regexes = "(")
    String getBroken();

    void setBroken(String value);

    @Description("Would be shown.")
    @TemplateParameter(group = "Group", example = "b", parent = "many", parentValues = "x")
    String getPassword();

    void setPassword(String value);
  }

  @Test
  void faultsAreFound() {
    String all = String.join("\n", TemplateFaults.ofTemplate(Faulty.class));
    for (String fault :
        List.of(
            "has the name 'Wrong Name'",
            "has no display name",
            "has no description",
            "has no category",
            "if it is streaming",
            "fixes 'none', which is no option",
            "option 'many' has a wrong fixed value: --many=a is not a whole number",
            "is without 'input', which is required",
            "is without 'nothing', which is no option",
            "option 'bare' lacks @TemplateParameter",
            "option 'undescribed' lacks @Description",
            "option 'letters' has a wrong example: --letters=a1 is not of the form [a-z]+",
            "option 'lower' has a wrong default: --lower=B is not of the form [a-z]+",
            "option 'many' has the parent 'nobody', which is no option",
            "option 'negative' has what RE2 cannot read",
            "option 'broken' has no regular expression in (",
            "option 'password' would hold a secret",
            "option 'many' has a wrong value for password: --many=x is not a whole number")) {
      assertTrue(all.contains(fault), () -> fault + "\n\nis not in\n\n" + all);
    }
  }
}
