// Placeholder: the bundle of src/runtime/ takes its place.
