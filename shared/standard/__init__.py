"""Operations and tasks that every plugin offers: history, plans, settings, setup tests, heartbeat, results, the queue.

Their arguments and answers are described for the page in shared/ui/README.md; `STANDARD_OPERATIONS` in shared/plugin.py
names them. A plugin contributes by its table: `targets`, `setup_tests`, `queue`, `heartbeat`.
"""
