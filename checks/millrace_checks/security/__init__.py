"""./check_all_works.sh --security: who may do what with the running product, tried from outside."""
