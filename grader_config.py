"""nbgrader's configuration: solutions/ is the source, exercises/ the release. Everything else stays nbgrader's default.

nbgrader ignores --config=FILE; give it --JupyterApp.config_file=grader_config, or use `course grade`.
"""

c = get_config()  # noqa: F821  (nbgrader puts it here)

c.CourseDirectory.course_id = "service"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# What a learner's answers file leaves beside it is no part of a submission.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.bak", "*.lock", "*.tmp", "*.damaged.json"]
# A module in a submission would be imported in place of one of ours by whoever runs the notebook beside it. (A course with code
# exercises, marked with --sandbox, may take "*.py" out again.)
c.CourseDirectory.ignore += ["*.py", "*.so", "*.pyd"]

# Files made by `course hand-in`: <module>__<learner>__<moment>.zip with the notebook, answers.json and a slip,
# which stays out. `course collect` checks them first and then uses this.
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\]m\d\d__(?P<student_id>[^/\\]+?)__(?P<timestamp>\d{8}T\d{6}Z)[/\\](?P<file_id>exercise\.ipynb|answers\.json)$"
)
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json"]
