# Broadsheet with everything that it needs, for projects in a folder of yours:
#   docker build --tag broadsheet .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/project" broadsheet build
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/project" --publish 8000:8000 \
#     broadsheet serve --dev-addr 0.0.0.0:8000
# With --build-arg LEAVE_OUT=pyarrow, the image is much smaller, and sites have no Parquet file.
FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/broadsheet
ENV PATH=/opt/broadsheet/bin:$PATH
COPY constraints.txt ./
RUN pip install --no-cache-dir --no-compile --require-hashes --requirement constraints.txt
COPY . ./
ARG LEAVE_OUT
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && pip uninstall --yes hatchling hatch-fancy-pypi-readme editables pip ${LEAVE_OUT}

FROM python:3.12-slim
COPY --from=build /opt/broadsheet /opt/broadsheet
# Whoever runs it is a user without a home.
ENV PATH=/opt/broadsheet/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1
USER 1000:1000
WORKDIR /project
EXPOSE 8000
ENTRYPOINT ["broadsheet"]
CMD ["build"]
