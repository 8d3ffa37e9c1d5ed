def on_files(files, config):
    raise ValueError("no")
