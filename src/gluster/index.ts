import './legacy';
