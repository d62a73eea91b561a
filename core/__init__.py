"""Information theory on plain arrays: arrays in, float64 out, everything in nats (`units` converts what is shown).

A distribution lies on the last axis, leading axes are a batch and broadcast, and two distributions come as (p, q).
Nothing is normalized, clipped or smoothed unasked: a ValueError says which entry is wrong and what to do about it.

    >>> from core.discrete import entropy, kl_divergence
    >>> from core.units import BITS
    >>> BITS.from_nats(entropy([0.5, 0.25, 0.25]))
    1.5
    >>> kl_divergence([0.5, 0.5], [1, 0])
    inf

units        Unit BITS NATS BANS UNITS
discrete     normalize surprisal entropy binary_entropy entropy_from_logits cross_entropy kl_divergence
             js_divergence js_distance perplexity perplexity_from_log_probs max_entropy_pmf
divergence   total_variation chi2_divergence hellinger_distance renyi_divergence alpha_divergence renyi_entropy
             pinsker_bound bretagnolle_huber_bound
             f_divergence Generator KL REVERSE_KL JENSEN_SHANNON TOTAL_VARIATION CHI2 SQUARED_HELLINGER GENERATORS
joint        marginals joint_entropy conditional_entropy mutual_information pointwise_mutual_information
             normalized_mutual_information conditional_mutual_information interaction_information co_information
             total_correlation information_diagram contingency_table
coupling     cell_range with_cell most_information with_information
gaussian     gaussian_entropy uniform_entropy laplace_entropy mvn_entropy gaussian_kl mvn_kl vae_kl vae_kl_grad
             gaussian_mi gaussian_pmi gaussian_hellinger gaussian_total_variation
mixture      Mixture kl_to_mixture kl_from_mixture gaussian_js negentropy
fitting      fit_gaussian kl_landscape descent_path
vae          reparametrize linear_vae linear_vae_elbo linear_vae_cost
losses       softmax log_softmax sigmoid cross_entropy_with_logits binary_cross_entropy squared_error smooth_labels
             binary_cross_entropy_with_logits cross_entropy_with_logits_grad binary_cross_entropy_with_logits_grad
             bce_grad mse_grad best_logit_gap
likelihood   bernoulli_nll bernoulli_mle bernoulli_map categorical_nll categorical_mle categorical_map log_binomial
             beta_log_density gaussian_nll laplace_nll poisson_nll poisson_deviance
training     logistic_loss logistic_grad logistic_descent logistic_fit
calibration  fit_temperature expected_calibration_error reliability_diagram
estimate     entropy_from_counts running_mean_surprisal mi_histogram mi_ksg mi_ross mi_ross_by_class
             mutual_information_table infonce infonce_bound
trees        impurity information_gain split_information gain_ratio threshold_scan best_split best_splits grow_tree
             predict
coding       huffman_tree huffman_lengths huffman_code fixed_length expected_length kraft_sum empirical_entropy
             ngram_counts ngram_surprisals ngram_perplexity compressed_sizes
decoding     top_k top_p
geometry     lens_area lens_outline venn2
simplex      to_plane from_plane spread
datasets     PLAY_TENNIS WEATHER_UMBRELLA XOR AND COPY LETTER_FREQUENCIES DNA_FREQUENCIES GETTYSBURG SECOND_INAUGURAL
             ALICE HOUSE_THAT_JACK_BUILT iris xor_cloud moons overlapping_classes circle parabola correlated_gaussian
             redundant_and_synergistic xor_among_noise ring stretched_logits random_text
selection    correlation_ratio cramers_v equal_bins pairwise_information select joint_information
table        read_table as_classes Table Column
scenes       what each page of the application shows, as one record
"""
