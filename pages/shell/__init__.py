"""What a page says to Streamlit: settings, bound controls, pictures, read-outs, formulas, exports."""
