# What stands in for MongoDB where its image can't be had. Built by the tests, which put the jars beside this file.
ARG JRE_IMAGE=eclipse-temurin:25.0.3_9-jre-noble
FROM ${JRE_IMAGE}
RUN install -d -o 999 -g 999 /data/db /data/configdb
COPY lib /opt/stand-in
# Whoever runs the tests may keep their files to themselves.
RUN chmod -R a+rX /opt/stand-in
USER 999:999
EXPOSE 27017
ENTRYPOINT []
CMD ["java", "-Xmx192m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp", "/opt/stand-in/*", "storm.e2e.containers.StandInMongo", "/data/db"]
