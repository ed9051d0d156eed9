# Made by ./healthbeam template generate of what the options and runners-config/deploy say; change
# them, not this.
#   docker build -f runners-config/deploy/docker/spark.Dockerfile -t healthbeam-spark:0.1.0-SNAPSHOT runners-config/spark/target/job
FROM spark:3.5.5-scala2.12-java17-ubuntu
COPY healthbeam-spark-job.jar /opt/healthbeam/healthbeam-spark-job.jar
