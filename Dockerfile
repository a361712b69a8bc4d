# Storm's images. One target for each: rest, ws, worker and init (certificate and secrets).
#
#   docker build --target rest -t storm-rest .
#
# Nothing secret goes in, neither as an argument nor as a file: servers read /run/secrets/storm when they start.

ARG JDK_IMAGE=eclipse-temurin:25.0.3_9-jdk-noble
ARG JRE_IMAGE=eclipse-temurin:25.0.3_9-jre-noble
ARG INIT_IMAGE=debian:12.12-slim

# ---------------------------------------------------------------- build: everything that needs Maven
FROM ${JDK_IMAGE} AS build
WORKDIR /storm

# What the build downloads depends on these alone, so a change of a source downloads nothing.
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY storm-shared/pom.xml storm-shared/
COPY storm-shared/protocol/pom.xml storm-shared/protocol/
COPY storm-shared/core/pom.xml storm-shared/core/
COPY storm-shared/store/pom.xml storm-shared/store/
COPY storm-shared/client/pom.xml storm-shared/client/
COPY storm-shared/embedded/pom.xml storm-shared/embedded/
COPY storm-rest/pom.xml storm-rest/
COPY storm-ws/pom.xml storm-ws/
COPY storm-worker/pom.xml storm-worker/
COPY storm-admin-fx/pom.xml storm-admin-fx/
COPY storm-bench/pom.xml storm-bench/
COPY storm-ear/pom.xml storm-ear/
COPY server-config server-config
# A build of next to nothing: one class, so that the compiler and what is plugged into it come too.
ARG BUILD_OPTIONS="-B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true -pl storm-rest,storm-ws,storm-worker -am"
RUN mkdir -p storm-shared/protocol/src/main/java/seed && echo 'package seed; class Seed {}' >storm-shared/protocol/src/main/java/seed/Seed.java \
  && ./mvnw package org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom $BUILD_OPTIONS -Dmaven.compiler.failOnWarning=false \
  && rm -rf storm-shared/protocol/src storm-*/target storm-shared/*/target target

COPY storm-shared storm-shared
COPY storm-rest storm-rest
COPY storm-ws storm-ws
COPY storm-worker storm-worker
RUN ./mvnw package org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom $BUILD_OPTIONS -Pdist

# Each server unpacked, its application apart: the runtime below changes with Liberty's version, the application with every commit.
COPY deploy/image deploy/image
RUN sh deploy/image/lay-out.sh /image rest ws worker

# ---------------------------------------------------------------- server: what the three have in common
FROM ${JRE_IMAGE} AS server
RUN groupadd --gid 10001 storm && useradd --uid 10001 --gid storm --no-create-home --home-dir /run/storm --shell /usr/sbin/nologin storm \
  && install -d -o storm -g storm /run/storm /run/secrets/storm
COPY LICENSE /opt/storm/LICENSE
COPY --from=build /image/bin /opt/storm/bin
# Settings that are secret: a file for each, named like its property (storm.redis.url), its first line the value.
# Everything that a server writes, it writes to /run/storm and /tmp: the rest of the file system may be read-only. Its log is
# read from standard output; the copy that Liberty always keeps may lie in memory, so it is small.
ENV WLP_OUTPUT_DIR=/run/storm \
    VARIABLE_SOURCE_DIRS=/run/secrets/storm \
    STORM_LOG_FILE_SIZE=4 \
    STORM_LOG_FILES=1 \
    STORM_HTTP_HOST=* \
    MALLOC_ARENA_MAX=2 \
    STORM_HTTPS_PORT=-1
USER 10001:10001
WORKDIR /run/storm
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Storm" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=180s --retries=6 CMD ["/opt/storm/bin/health"]

# ---------------------------------------------------------------- init: makes certificate and secrets on first boot
FROM ${INIT_IMAGE} AS init
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends openssl && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
RUN groupadd --gid 10001 storm && useradd --uid 10001 --gid storm --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin storm \
  && install -d -o storm -g storm -m 0750 /secrets/keys /secrets/tls /secrets/keystore /secrets/rest /secrets/ws /secrets/worker /secrets/redis /secrets/mongodb
COPY deploy/init/init.sh /opt/storm/init.sh
COPY LICENSE /opt/storm/LICENSE
USER 10001:10001
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="storm-init" \
      org.opencontainers.image.description="Makes Storm's certificate and secrets on first boot" \
      org.opencontainers.image.vendor="Storm" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENTRYPOINT ["sh", "/opt/storm/init.sh"]

# ---------------------------------------------------------------- what a server that learns to start is given
# Keys that no other server ever has.
FROM init AS throwaway
RUN sh /opt/storm/init.sh

# ---------------------------------------------------------------- the servers: each starts twice, so that its image knows what a start needs
FROM server AS rest-server
ENV STORM_HTTP_PORT=9080 \
    STORM_JWT_PRIVATE_KEY=/run/secrets/storm/jwt-private.pem \
    STORM_JWT_PUBLIC_KEY=/run/secrets/storm/jwt-public.pem
COPY --from=build /image/rest/wlp /opt/storm/wlp
COPY --from=build /image/rest/app /opt/storm/wlp/usr
COPY --from=build /image/rest/sbom.json /opt/storm/sbom.json
LABEL org.opencontainers.image.title="storm-rest" org.opencontainers.image.description="Storm's REST API"
EXPOSE 9080

FROM rest-server AS rest-learning
COPY --from=throwaway --chown=10001:10001 /secrets/rest /run/secrets/storm
COPY --from=throwaway --chown=10001:10001 /secrets/keystore /run/secrets/keystore
COPY deploy/image/learn /opt/storm/bin/learn
RUN STORM_KEYSTORE=/run/secrets/keystore/key.p12 bash /opt/storm/bin/learn storm-rest /tmp/learnt

FROM rest-server AS rest
COPY --from=rest-learning --chown=0:0 /tmp/learnt /opt/storm/learnt
ENTRYPOINT ["/opt/storm/bin/serve", "storm-rest"]

FROM server AS ws-server
ENV STORM_HTTP_PORT=9081 \
    STORM_JWT_PUBLIC_KEY=/run/secrets/storm/jwt-public.pem
COPY --from=build /image/ws/wlp /opt/storm/wlp
COPY --from=build /image/ws/app /opt/storm/wlp/usr
COPY --from=build /image/ws/sbom.json /opt/storm/sbom.json
LABEL org.opencontainers.image.title="storm-ws" org.opencontainers.image.description="Storm's WebSocket gateway"
EXPOSE 9081

FROM ws-server AS ws-learning
COPY --from=throwaway --chown=10001:10001 /secrets/ws /run/secrets/storm
COPY --from=throwaway --chown=10001:10001 /secrets/keystore /run/secrets/keystore
COPY deploy/image/learn /opt/storm/bin/learn
RUN STORM_KEYSTORE=/run/secrets/keystore/key.p12 bash /opt/storm/bin/learn storm-ws /tmp/learnt

FROM ws-server AS ws
COPY --from=ws-learning --chown=0:0 /tmp/learnt /opt/storm/learnt
ENTRYPOINT ["/opt/storm/bin/serve", "storm-ws"]

FROM server AS worker-server
ENV STORM_HTTP_PORT=9082
COPY --from=build /image/worker/wlp /opt/storm/wlp
COPY --from=build /image/worker/app /opt/storm/wlp/usr
COPY --from=build /image/worker/sbom.json /opt/storm/sbom.json
LABEL org.opencontainers.image.title="storm-worker" org.opencontainers.image.description="Storm's queue worker"
EXPOSE 9082

FROM worker-server AS worker-learning
COPY --from=throwaway --chown=10001:10001 /secrets/worker /run/secrets/storm
COPY --from=throwaway --chown=10001:10001 /secrets/keystore /run/secrets/keystore
COPY deploy/image/learn /opt/storm/bin/learn
RUN STORM_KEYSTORE=/run/secrets/keystore/key.p12 bash /opt/storm/bin/learn storm-worker /tmp/learnt

FROM worker-server AS worker
COPY --from=worker-learning --chown=0:0 /tmp/learnt /opt/storm/learnt
ENTRYPOINT ["/opt/storm/bin/serve", "storm-worker"]
