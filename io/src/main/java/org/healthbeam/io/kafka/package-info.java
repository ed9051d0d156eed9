/**
 * Messages of Kafka as records: {@link org.healthbeam.io.kafka.ReadMessages} is the front door.
 * Messages out: {@link org.healthbeam.io.kafka.WriteMessages}. Imports {@code io.stream}, {@code
 * io.table}, {@code core.outcome}, {@code transforms.outcome}, KafkaIO and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.kafka;
