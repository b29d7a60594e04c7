FROM rust:1.95-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The caches outlive the layers: a second build compiles only what changed.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked \
    && cp target/release/huntzen /huntzen

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin huntzen \
    && install -d -o 10001 -m 0700 /keys
COPY --from=build /huntzen /usr/local/bin/huntzen
USER 10001
# What each thread keeps of what it has freed lies between what stays, and is not given back: few blocks of a size.
ENV GLIBC_TUNABLES=glibc.malloc.tcache_count=2
ENV HUNTZEN_ENV=production BIND=0.0.0.0:8080 LOG_FORMAT=json KEK_FILE=/keys/kek
EXPOSE 8080
# The process itself; whether it should get requests is /readyz, for the load balancer.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["huntzen", "healthcheck"]
ENTRYPOINT ["huntzen"]
CMD ["serve"]
