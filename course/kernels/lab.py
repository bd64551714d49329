"""``python -m course.kernels.lab``: JupyterLab with its usual arguments, whose Python kernels are forked from a warm process."""

from __future__ import annotations

from course.kernels import nursery, without_grammar


def main() -> None:
    """Start the warm process beside JupyterLab: by the time a notebook is opened it is there."""
    nursery.start()
    without_grammar()
    from jupyter_client.provisioning.factory import KernelProvisionerFactory
    from jupyterlab.labapp import main as lab

    factory = KernelProvisionerFactory.instance()
    if nursery.PROVISIONER in factory.provisioners:  # not in a checkout that was installed before it had one
        factory.default_provisioner_name = nursery.PROVISIONER
    lab()


if __name__ == "__main__":
    main()
