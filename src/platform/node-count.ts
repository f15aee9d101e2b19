/** How many nodes can run pods. Decides replicas, disruption budgets and spreading. */
export enum NodeCount {
  /** Two or more nodes: controllers run twice, on different nodes. */
  MULTIPLE = 'multiple',
  /** One node: controllers run once, without a disruption budget that could block its drain. */
  SINGLE = 'single',
}
