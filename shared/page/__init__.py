"""Operations and tasks that every plugin offers: history, plans, settings, setup tests, heartbeat, results, the queue.

shared/ui/README.md describes their arguments and answers for the page; `STANDARD_OPERATIONS` in
shared/runtime/plugin.py names them. A plugin contributes by its table: `targets`, `setup_tests`, `queue`, `heartbeat`.
"""
