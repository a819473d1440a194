"""The operator's metrics as Prometheus reads them: `families` says what there is, `exposition` how it is written."""
