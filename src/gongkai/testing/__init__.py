"""The public contract kit for layout plugins: a pytest plugin that needs no test code.

``pip install gongkai[testing]``, then ``pytest plugins/``: each sample of each plugin becomes one
test item for each group of fields, and one for each rule of the contract (docs/contract.md).
"""
