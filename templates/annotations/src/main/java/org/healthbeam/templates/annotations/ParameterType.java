package org.healthbeam.templates.annotations;

/**
 * What kind of input a form asks for; the words are those of {@code ParameterType} in the Dataflow
 * API (v1b3).
 */
public enum ParameterType {
  /** As the type in Java says: {@link #ENUM}, {@link #BOOLEAN}, {@link #NUMBER}, else text. */
  BY_JAVA_TYPE,
  /** Any text. */
  TEXT,
  /** A bucket that is read. */
  GCS_READ_BUCKET,
  /** A bucket that is written. */
  GCS_WRITE_BUCKET,
  /** A file, or several by a pattern, that are read. */
  GCS_READ_FILE,
  /** A file that is written. */
  GCS_WRITE_FILE,
  /** A folder that is read. */
  GCS_READ_FOLDER,
  /** A folder that is written. */
  GCS_WRITE_FOLDER,
  /** A Pub/Sub topic. */
  PUBSUB_TOPIC,
  /** A Pub/Sub subscription. */
  PUBSUB_SUBSCRIPTION,
  /** A BigQuery table. */
  BIGQUERY_TABLE,
  /** A file with functions in JavaScript. */
  JAVASCRIPT_UDF_FILE,
  /** The email of a service account. */
  SERVICE_ACCOUNT,
  /** A type of machine that workers run on. */
  MACHINE_TYPE,
  /** The name of a key of Cloud KMS. */
  KMS_KEY_NAME,
  /** A region in which workers run. */
  WORKER_REGION,
  /** A zone in which workers run. */
  WORKER_ZONE,
  /** True or false. */
  BOOLEAN,
  /** One of some words. */
  ENUM,
  /** A number, whole or not. */
  NUMBER,
  /** Kafka topics that are read. */
  KAFKA_READ_TOPIC,
  /** A Kafka topic that is written. */
  KAFKA_WRITE_TOPIC
}
