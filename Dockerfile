# docker build -t tlsward . && docker run --rm -v "$PWD:/work" tlsward lint .
FROM debian:12-slim AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    g++ cmake ninja-build libssl-dev zlib1g-dev libboost1.81-dev libnghttp2-dev libre2-dev libyaml-cpp-dev \
    nlohmann-json3-dev libfmt-dev libcli11-dev && rm -rf /var/lib/apt/lists/*
COPY . /source
RUN cmake -S /source -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -Dtlsward_TESTS=OFF && ninja -C /build tlsward \
    && strip /build/tlsward

FROM debian:12-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    ca-certificates libssl3 zlib1g libnghttp2-14 libre2-9 libyaml-cpp0.7 libfmt9 \
    && rm -rf /var/lib/apt/lists/* && useradd --system --no-create-home --shell /usr/sbin/nologin tlsward
COPY --from=build /build/tlsward /usr/local/bin/tlsward
USER tlsward
WORKDIR /work
ENTRYPOINT ["tlsward"]
CMD ["--help"]
